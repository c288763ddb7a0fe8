// What needs scripts is offered once there are some. That no passkey was given is said on the
// page; allauth's script would tell it to the console alone.
const refused = document.getElementById("passkey-refused");

for (const each of document.querySelectorAll("[data-for-scripts]")) each.hidden = false;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  refused.hidden = true;
  document.querySelector(".account-page").prepend(refused);
  requestAnimationFrame(() => {
    refused.hidden = false; // shown anew, it is read out anew
    refused.scrollIntoView({ block: "center" });
  });
});
