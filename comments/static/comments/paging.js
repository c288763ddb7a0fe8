// The next page and the rest of a thread come where the reader is. Without it they are links.

export async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.getElementById("conversation");
}

// Adds the comments that are not here yet, replies below what they answer, and returns those. New
// threads go to the end of the target, unless `put` knows better.
export function merge(source, target, added = [], put = (comment) => target.append(comment)) {
  for (const comment of source.querySelectorAll(":scope > .comment")) {
    const here = document.getElementById(comment.id || `comment-${comment.dataset.comment}`);
    const replies = comment.querySelector(":scope > .replies");
    if (here?.matches(".comment-held")) here.remove(); // a moderator has approved it meanwhile
    if (!here?.isConnected) {
      put(document.adoptNode(comment));
      added.push(comment);
      continue;
    }
    if (replies) merge(replies, repliesOf(here), added);
    const more = comment.querySelector(":scope > .replies-more");
    if (more && !here.querySelector(":scope > .replies-more")) here.append(document.adoptNode(more));
  }
  return added;
}

function repliesOf(comment) {
  const here = comment.querySelector(":scope > .replies");
  if (here) return here;
  const replies = document.createElement("div");
  replies.className = "replies";
  const more = comment.querySelector(":scope > .replies-more");
  more ? more.before(replies) : comment.append(replies);
  return replies;
}

export function isPlainClick(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

export function focusOn(element) {
  if (!element) return;
  for (let closed; (closed = element.closest(".replies[hidden]")); ) {
    closed.previousElementSibling.click(); // the thread's line
  }
  if (element.tabIndex < 0) element.tabIndex = -1; // what has a place in the tab order keeps it
  element.focus();
}

export function listenForMore(section, refresh) {
  section.addEventListener("click", async (event) => {
    const link = event.target.closest("a.more-comments, .replies-more a");
    if (!link || !isPlainClick(event)) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    try {
      append(section, link, await load(link.href));
      refresh();
    } catch {
      location.assign(link.href);
    }
  });
}

function append(section, link, page) {
  const kind = link.matches(".more-comments") ? ".conversation-more" : ".replies-more";
  const added = merge(page.querySelector(".comments"), section.querySelector(".comments"));
  const next = page.querySelector(kind);
  const old = link.closest(kind);
  const isLast = !next?.querySelector("a.more-comments, .replies-more a");
  if (isLast) old.remove();
  else old.replaceWith(document.adoptNode(next));
  focusOn(added[0] ?? section.querySelector("#conversation-heading"));
}

// A link to a comment that another page shows leads to the comment's own.
export async function goToMissingComment(section) {
  const [, id] = /^#comment-(\d+)$/.exec(location.hash) ?? [];
  if (!id || document.getElementById(`comment-${id}`)) return;
  const address = `${section.dataset.comments}${id}/`;
  const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
  if (answer?.ok) location.replace(address);
}
