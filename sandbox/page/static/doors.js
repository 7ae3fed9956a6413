/** The sandbox's doors, at which the page knocks. */

export const byId = (/** @type {string} */ id) => document.getElementById(id);

/** Post JSON (or a form) to a door; throws the sentence with which it refuses. */
export async function knock(/** @type {string} */ door, /** @type {object | FormData} */ body) {
  byId("refusal").hidden = true;
  const isForm = body instanceof FormData;
  const answer = await fetch(door, {
    method: "POST",
    headers: isForm ? {} : { "content-type": "application/json" },
    body: isForm ? body : JSON.stringify(body),
  });
  const said = await answer.json();
  if (!said.ok) throw new Error(said.message);
  return said;
}

/** Tell the person what did not work. */
export function refuse(/** @type {Error} */ error) {
  byId("refusal").querySelector("span").textContent = error.message;
  byId("refusal").hidden = false;
}

/** Upload files, one after the other; the answer is their ids. */
export async function uploaded(/** @type {string} */ people, /** @type {FileList} */ files) {
  const keys = [];
  for (const file of files) {
    const form = new FormData();
    form.append("file", file);
    keys.push((await knock(people + "upload", form)).file.id);
  }
  return keys;
}
