// Whoever signed in in another tab meanwhile has a new token, which the browser knows.

const form = document.getElementById("send-again");

form?.addEventListener("submit", () => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token) form.elements.csrfmiddlewaretoken.value = token;
});
