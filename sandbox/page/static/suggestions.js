/** Lists of suggestions below a text box: commands and names in composers, an app's options in menus. */
import { byId, knock, refuse, uploaded } from "./doors.js";
import { report } from "./fields.js";

const TOKEN = /(^\/\S*|(?<=^|\s)@[\w.-]*)$/;
let asked = 0;

const listOf = (/** @type {Element} */ box) => byId(box.getAttribute("aria-controls"));

function show(/** @type {HTMLElement} */ box, /** @type {{words: string, remark?: string, option?: object}[]} */ found) {
  const list = listOf(box);
  list.replaceChildren(...found.map(({ words, remark, option }, index) => {
    const entry = document.createElement("li");
    entry.id = `${list.id}-${index}`;
    entry.role = "option";
    entry.dataset.words = words;
    if (option) entry.dataset.option = JSON.stringify(option);
    const about = document.createElement("span");
    about.className = "quiet";
    about.textContent = remark ?? "";
    entry.append(words, " ", about);
    return entry;
  }));
  list.hidden = !found.length;
  list.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-expanded", String(!list.hidden));
  box.removeAttribute("aria-activedescendant");
}

/** Suggest for what stands in a box now. */
export async function search(/** @type {HTMLInputElement} */ box) {
  const field = /** @type {HTMLElement | null} */ (box.closest("[data-field]"));
  const turn = ++asked;
  if (!field) {
    const token = box.value.slice(0, box.selectionStart).match(TOKEN)?.[0];
    const words = JSON.parse(box.form.dataset.words);
    return show(box, token ? words.filter((entry) => entry.words.startsWith(token) && entry.words !== box.value) : []);
  }
  if (box.value.length < Number(box.dataset.least)) return show(box, []);
  await new Promise((later) => setTimeout(later, 150));
  if (turn !== asked) return;
  try {
    const { options } = await knock(field.dataset.suggest, { ...JSON.parse(field.dataset.body), query: box.value });
    if (turn === asked) show(box, options.map((option) => ({ words: option.text.text, remark: option.description?.text, option })));
  } catch (error) {
    refuse(error);
  }
}

/** Take a suggestion over. */
export function pick(/** @type {HTMLElement} */ entry) {
  const box = /** @type {HTMLInputElement} */ (document.querySelector(`[aria-controls="${CSS.escape(entry.parentElement.id)}"]`));
  const field = /** @type {HTMLElement | null} */ (box.closest("[data-field]"));
  if (!field) {
    const start = box.value.slice(0, box.selectionStart).replace(TOKEN, entry.dataset.words + " ");
    box.setRangeText(start, 0, box.selectionStart, "end");
  } else {
    const option = JSON.parse(entry.dataset.option);
    const chosen = [...field.querySelectorAll("input:checked")].map((input) => JSON.parse(/** @type {HTMLElement} */ (input).dataset.option));
    box.value = box.defaultValue = field.dataset.kind === "external_select" ? entry.dataset.words : "";
    report(field, { value: field.dataset.kind === "external_select" ? option : [...chosen, option] });
  }
  asked++;
  show(box, []);
  box.focus();
}

/** Arrows, Enter, Tab and Escape in a box with suggestions; true when the key is used up. */
export function move(/** @type {HTMLInputElement} */ box, /** @type {KeyboardEvent} */ event) {
  const list = listOf(box);
  if (list.hidden) return false;
  const entries = [...list.children];
  const now = entries.findIndex((entry) => entry.id === box.getAttribute("aria-activedescendant"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    const next = entries[now < 0 && step < 0 ? entries.length - 1 : (now + step + entries.length) % entries.length];
    for (const entry of entries) entry.ariaSelected = String(entry === next);
    box.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
    return true;
  }
  if (event.key === "Escape") show(box, []);
  else if ((event.key === "Enter" && now >= 0) || (event.key === "Tab" && !event.shiftKey)) pick(/** @type {HTMLElement} */ (entries[Math.max(now, 0)]));
  else return false;
  return true;
}

/**
 * Send what stands in a composer: a command where it begins with a slash, else a message with its files.
 * Returns the thread in which an agent answers, if one is talked with.
 */
export async function compose(/** @type {HTMLFormElement} */ form) {
  const { text: box, file } = /** @type {any} */ (form.elements);
  const { people, thread, other, talk } = form.dataset;
  const text = box.value.trim();
  if (!text && !file.files.length) return;
  show(box, []);
  box.value = "";
  try {
    const channel = form.dataset.channel || (await knock(people + "direct", { with: other })).channel;
    const [command, ...rest] = text.split(" ");
    if (text.startsWith("/")) await knock(people + "command", { command, text: rest.join(" ").trim(), channel, thread: Boolean(thread) });
    else {
      const { message } = await knock(people + "say", { channel, text, thread_ts: thread, files: await uploaded(people, file.files) });
      file.value = "";
      if (talk && !thread) return message.ts;
    }
    file.value = "";
  } catch (error) {
    box.value ||= text;
    refuse(error);
  }
}
