// The field had the focus before it became a picker, or gets it now: one comes here to type.
const field = document.querySelector("main form.find orpha-picker");

if ([document.body, field.querySelector("input")].includes(document.activeElement)) field.focus();
