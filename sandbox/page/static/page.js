/**
 * Carries between the page and the sandbox: `/page/live` says what the screen looks like, doors hear what people do.
 * Nothing else changes the page, so that every window shows what the workspace holds.
 */
import { Idiomorph } from "./vendor/idiomorph.esm.js";
import { compose, move, pick, search } from "./suggestions.js";
import { drain, flush, isUnsent, report, upload } from "./fields.js";
import { byId, knock, refuse } from "./doors.js";

const TYPED = "textarea, input:not([type]), input[type=text], input[type=email], input[type=url]";
/** @type {EventSource | undefined} */
let stream;
let latest = "";
let arriving = true;
let submitted = false;
/** @type {Element | null} */
let before = null;

function connect() {
  stream?.close();
  if (document.hidden || !byId("screen")) return;
  stream = new EventSource("/page/live" + location.search);
  stream.onopen = () => (byId("offline").hidden = true);
  stream.onmessage = (event) => paint((latest = event.data));
  stream.onerror = () => {
    byId("offline").hidden = false;
    if (stream?.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  };
}

/** Draw the screen over the one before; what is being typed, and what opens on this side only, stays. */
function paint(/** @type {string} */ html) {
  if (!html) return;
  const atEnd = scrolled().filter((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 60);
  Idiomorph.morph(byId("screen"), html, {
    callbacks: {
      beforeNodeMorphed: (old, now) => !(old instanceof Element && (isUnsent(old) || (old.hasAttribute("data-keep") && old.id === now.id))),
      beforeAttributeUpdated: (name, element) => !(name === "open" && element.matches("dialog, details")),
    },
  });
  document.title = byId("screen").dataset.title;
  for (const box of scrolled()) if (arriving || atEnd.includes(box) || !box.dataset.seen) box.scrollTop = box.scrollHeight;
  for (const box of scrolled()) box.dataset.seen = "yes";
  attend();
  look();
}

const scrolled = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-scroll]")]);

/** Put the focus where the person is needed: into a form that has opened, at the first error, back where they came from. */
function attend() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[data-modal]"));
  if (dialog && !dialog.open) {
    before = document.activeElement;
    dialog.showModal();
    first(dialog).focus();
  }
  const wrong = submitted && dialog?.querySelector("[aria-invalid=true], .wrong input");
  if (wrong instanceof HTMLElement) {
    wrong.focus();
    submitted = false;
  } else if (dialog && !dialog.contains(document.activeElement)) first(dialog).focus();
  if (!dialog && before) {
    if (document.activeElement === document.body) (before.isConnected ? /** @type {HTMLElement} */ (before) : byId("talk")).focus();
    before = null;
  }
}

/** Where a form begins: its first field, or its title where that field would have to be scrolled to. */
function first(/** @type {HTMLElement} */ dialog) {
  const control = /** @type {HTMLElement | null} */ (dialog.querySelector(".field :is(input, textarea, select)"));
  const end = dialog.querySelector("footer").getBoundingClientRect().top;
  return control && control.getBoundingClientRect().bottom < end ? control : dialog.querySelector("h2");
}

/** Tell the workspace that the person has come here, and what they have read. */
function look() {
  const { people, channel, app, tab, unread } = byId("screen").dataset;
  if (arriving) {
    arriving = false;
    if (app) knock(people + "open-tab", { app, tab }).catch(refuse);
  }
  if (channel && unread && !document.hidden) knock(people + "read", { channel }).catch(refuse);
}

/** Show a thread beside what is there. */
function beside(/** @type {string} */ ts) {
  const here = new URL(location.href);
  here.searchParams.set("thread", ts);
  go(here.pathname + here.search);
}

function go(/** @type {string} */ url) {
  history.pushState(null, "", url);
  arrive();
}

function arrive() {
  arriving = true;
  latest = "";
  connect();
  stream?.addEventListener("message", () => {
    const box = document.querySelector("#thread textarea, .edit textarea") ?? document.querySelector(".composer textarea");
    if (!document.querySelector("dialog[open]")) /** @type {HTMLElement} */ (box ?? byId("talk")).focus();
  }, { once: true });
}

/** Ask what an element wants to have asked first. */
async function agreed(/** @type {HTMLElement} */ element) {
  const dialog = /** @type {HTMLDialogElement | null} */ (element.dataset.confirm ? byId(element.dataset.confirm) : null);
  if (!dialog) return true;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  return dialog.returnValue === "yes";
}

/** Do what a button or a form stands for, after everything typed has arrived. */
async function act(/** @type {HTMLElement} */ element, /** @type {object} */ more = {}) {
  if (!(await agreed(element))) return;
  const { door, body, url } = element.dataset;
  /** @type {HTMLElement | null} */ (element.closest("[popover]"))?.hidePopover();
  if (url) open(url, "_blank", "noopener,noreferrer");
  element.setAttribute("aria-busy", "true");
  try {
    await flush();
    return await knock(door, { ...JSON.parse(body), ...more });
  } catch (error) {
    refuse(error);
  } finally {
    element.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-go]"));
  const answer = /** @type {HTMLElement | null} */ (target.closest("[data-answer]"));
  const option = /** @type {HTMLElement | null} */ (target.closest("[role=option]"));
  const removed = target.closest("[data-remove]");
  const button = /** @type {HTMLElement | null} */ (target.closest("button[data-door]"));
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(link.href);
  } else if (target.closest("[data-hide]")) byId("refusal").hidden = true;
  else if (answer) answer.closest("dialog").close(answer.dataset.answer);
  else if (option) pick(option);
  else if (removed) {
    const field = removed.closest("[data-field]");
    removed.parentElement.remove();
    report(field);
  } else if (button) act(button);
});

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.matches(".composer")) return compose(form).then((ts) => ts && beside(ts));
  if (form.matches(".edit")) return (await act(form, { text: form.elements.text.value })) && go(form.dataset.after);
  submitted = true;
  await act(form);
  paint(latest);
});

document.addEventListener("input", (event) => {
  const control = /** @type {HTMLInputElement} */ (event.target);
  const field = control.closest("[data-field]");
  if (control.matches("[role=combobox]")) search(control);
  else if (field && control.matches(TYPED)) report(field, {}, 200);
});

document.addEventListener("change", async (event) => {
  const control = /** @type {HTMLInputElement} */ (event.target);
  const field = /** @type {HTMLElement | null} */ (control.closest("[data-field]"));
  if (!field) return;
  if (control.type === "file") upload(field, control);
  else if (control.matches("[role=combobox]")) control.value ? (control.value = control.defaultValue) : report(field);
  else if (control.matches(TYPED)) drain(field);
  else if (await agreed(field)) report(field);
  else paint(latest);
});

document.addEventListener("keydown", (event) => {
  const control = /** @type {HTMLInputElement} */ (event.target);
  if (control.matches("[role=combobox]") && move(control, event)) return event.preventDefault();
  if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
  const field = /** @type {HTMLElement | null} */ (control.closest("[data-field]"));
  const form = /** @type {HTMLFormElement | null} */ (control.closest(".composer, .edit"));
  if (field && control.matches(`input:is(${TYPED})`) && field.dataset.on?.includes("on_enter_pressed")) report(field, { enter: true });
  else if (!form || !control.matches("textarea")) return;
  else form.requestSubmit();
  event.preventDefault();
});

document.addEventListener("cancel", (event) => {
  const dialog = /** @type {HTMLElement} */ (event.target);
  if (!dialog.matches("dialog[data-modal]")) return;
  event.preventDefault();
  act(dialog.querySelector("[data-cancel]"));
}, true);

/** A picture that arrives moves the end away; who was at the end stays there. */
document.addEventListener("load", ({ target: picture }) => {
  const box = picture instanceof HTMLImageElement && picture.closest("[data-scroll]");
  if (box && box.scrollHeight - box.scrollTop - box.clientHeight < picture.offsetHeight + 60) box.scrollTop = box.scrollHeight;
}, true);

document.addEventListener("settled", () => paint(latest));
document.addEventListener("visibilitychange", () => (document.hidden ? stream?.close() : connect()));
addEventListener("popstate", arrive);
connect();
