// Small questions above the text. They stand outside of the form that holds the editor.

let number = 0;

// ask(words)(title, fields, { removable }) gives what was entered, "remove", or null.
// A field: { name, label, value, type, help, options, check }; `check` gives a complaint or "".
// `send` takes what was entered to the site, and gives { done } to answer with, or { errors } by
// the fields' names.
export const ask = (words) => (title, fields, { removable = false, body = null, send = null } = {}) =>
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
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wrong = inputs.filter((input) => !input.isGood());
      if (wrong.length) return wrong[0].focus();
      const entered = Object.fromEntries(inputs.map((input) => [input.name, input.value()]));
      if (!send) return answer(entered);
      ok[0].disabled = true; // a second press sends nothing twice
      const { done, errors = {} } = await send(entered);
      ok[0].disabled = false;
      if (done) return answer(done);
      for (const input of inputs) input.complain(errors[input.name] ?? "");
      inputs.find((input) => errors[input.name])?.focus();
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
  else if (type !== "file") input.value = value;
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
  const current = () => {
    if (type === "file") return input.files[0] ?? "";
    return isBox ? input.checked : input.value.trim();
  };
  const complain = (text) => {
    complaint.textContent = text;
    complaint.hidden = !text;
    input.setAttribute("aria-invalid", !complaint.hidden);
  };
  return {
    name,
    value: current,
    focus: () => input.focus(),
    complain,
    isGood: () => {
      complain(check(current()));
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
