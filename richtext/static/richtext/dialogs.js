// Small questions above the text. They stand outside of the form that holds the editor.

let number = 0;

// ask(words)(title, fields, { removable }) gives what was entered, "remove", or null.
// A field: { name, label, value, type, help, options, check }; `check` gives a complaint or "".
export const ask = (words) => (title, fields, { removable = false, body = null } = {}) =>
  new Promise((resolve) => {
    const id = `text-dialog-${++number}`;
    const dialog = element("dialog", { className: "text-dialog" });
    dialog.setAttribute("aria-labelledby", `${id}-title`);
    const form = element("form", { method: "dialog", noValidate: true });
    const inputs = fields.map((field, n) => row(form, field, `${id}-${n}`));
    const ok = fields.length ? [element("button", { className: "text-dialog-ok" }, words.ok)] : [];
    const buttons = element("div", { className: "text-dialog-buttons" }, ...ok);
    const answer = (value) => {
      dialog.returnValue = "";
      resolve(value);
      dialog.close();
    };
    if (removable) buttons.append(button(words.remove, () => answer("remove")));
    buttons.append(button(words.cancel, () => answer(null)));
    form.prepend(element("h2", { id: `${id}-title` }, title));
    if (body) form.append(body(answer));
    form.append(buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wrong = inputs.filter((input) => !input.isGood());
      if (wrong.length) wrong[0].focus();
      else answer(Object.fromEntries(inputs.map((input) => [input.name, input.value()])));
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(null);
    });
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
  });

function row(form, field, id) {
  const { name, label, value = "", type = "text", help, options, check = () => "" } = field;
  const input = element(type === "textarea" ? "textarea" : "input", { id, name });
  if (type !== "textarea") input.type = type;
  if (type === "checkbox") input.checked = value;
  else input.value = value;
  const complaint = element("p", { id: `${id}-error`, className: "text-dialog-error", hidden: true });
  complaint.setAttribute("role", "alert");
  const about = help ? [element("p", { id: `${id}-help`, className: "text-dialog-help" }, help)] : [];
  input.setAttribute("aria-describedby", [`${id}-error`, ...about.map((each) => each.id)].join(" "));
  if (options) {
    const list = element("datalist", { id: `${id}-list` });
    list.append(...options.map((option) => element("option", { value: option })));
    input.setAttribute("list", list.id);
    about.push(list);
  }
  const parts = [element("label", { htmlFor: id }, label), input];
  const isBox = type === "checkbox";
  const className = `text-dialog-field${isBox ? " text-dialog-check" : ""}`;
  form.append(element("div", { className }, ...(isBox ? parts.reverse() : parts), ...about, complaint));
  const current = () => (isBox ? input.checked : input.value.trim());
  return {
    name,
    value: current,
    focus: () => input.focus(),
    isGood: () => {
      complaint.textContent = check(current());
      complaint.hidden = !complaint.textContent;
      input.setAttribute("aria-invalid", !complaint.hidden);
      return complaint.hidden;
    },
  };
}

export function button(text, onClick) {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", onClick);
  return made;
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
