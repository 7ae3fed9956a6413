/** What is typed and chosen in forms, on its way to the workspace: the last word wins, one request at a time. */
import { byId, knock, refuse, uploaded } from "./doors.js";

/** Milliseconds until the screen, too, knows what a door has been told. */
const SETTLING = 200;
/** @type {Map<string, {next?: object | null, timer?: number, running?: Promise<void>}>} */
const jobs = new Map();

/** Whether an element belongs to a field whose content has not arrived yet. */
export const isUnsent = (/** @type {Element} */ element) =>
  jobs.size > 0 && element.matches("input, textarea, select") && jobs.has(element.closest("[data-field]")?.id);

/** Send what stands in a field, `wait` milliseconds after its last change; `more` goes with it. */
export function report(/** @type {HTMLElement} */ field, /** @type {object} */ more = {}, wait = 0) {
  const job = jobs.get(field.id) ?? {};
  jobs.set(field.id, job);
  job.next = more;
  clearTimeout(job.timer);
  job.timer = setTimeout(() => drain(field), wait);
}

/** Send what waits to be sent of a field; settled when it has arrived. */
export async function drain(/** @type {HTMLElement | null} */ field) {
  const job = field && jobs.get(field.id);
  if (job?.next && !job.running) job.running = send(field, job);
  await job?.running;
}

async function send(/** @type {HTMLElement} */ field, /** @type {any} */ job) {
  while (job.next) {
    const more = job.next;
    job.next = null;
    clearTimeout(job.timer);
    await knock(field.dataset.door, { ...JSON.parse(field.dataset.body), value: value(field), ...more }).catch(refuse);
  }
  job.running = undefined;
  setTimeout(settle, SETTLING, field.id, job);
}

/** From now on the screen says what stands in a field again. */
function settle(/** @type {string} */ id, /** @type {object} */ job) {
  if (jobs.get(id) !== job || job.next || job.running) return;
  jobs.delete(id);
  document.dispatchEvent(new Event("settled"));
}

/** Everything typed anywhere has arrived. */
export const flush = () => Promise.all([...jobs.keys()].map((id) => drain(byId(id))));

/** Add files to a file field. */
export async function upload(/** @type {HTMLElement} */ field, /** @type {HTMLInputElement} */ control) {
  const present = value(field);
  try {
    const added = await uploaded(byId("screen").dataset.people, control.files);
    control.value = "";
    report(field, { value: [...present, ...added] });
  } catch (error) {
    refuse(error);
  }
}

/** What stands in a field, as its door wants it. */
function value(/** @type {HTMLElement} */ field) {
  const kind = field.dataset.kind;
  const inputs = /** @type {HTMLInputElement[]} */ ([...field.querySelectorAll("input, textarea, select")]);
  if (kind === "file_input") return inputs.filter((input) => input.type === "hidden").map((input) => input.value);
  const checked = inputs.filter((input) => input.checked).map((input) => (input.dataset.option ? JSON.parse(input.dataset.option) : input.value));
  if (kind === "radio_buttons") return checked[0] ?? null;
  if (kind === "checkboxes" || kind.startsWith("multi_")) return checked;
  if (kind === "external_select") return null;
  if (kind === "datetimepicker" && inputs[0].value) return instant(inputs[0].value, field.dataset.zone);
  return inputs[0].value || null;
}

/** The epoch seconds of a local date and time in a time zone. */
function instant(/** @type {string} */ local, /** @type {string} */ zone) {
  const asUtc = Date.parse(local + "Z");
  const there = new Date(asUtc).toLocaleString("sv", { timeZone: zone }).replace(" ", "T") + "Z";
  return Math.round((2 * asUtc - Date.parse(there)) / 1000);
}
