// Copies of what was typed, in the browser's own storage: while the site cannot be reached, and until
// it says that it has saved. One for each opened form, of one person and one article.

const PREFIX = "articles.typed:";
const KEPT = 30 * 24 * 3600 * 1000; // ms
const MOST = 20;

const nameOf = (copy) => `${PREFIX}${copy.person}:${copy.place}:${copy.key}`;

function all() {
  return names().map(read).filter(Boolean).sort((one, other) => other.at - one.at);
}

function names() {
  try {
    return Object.keys(window.localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return []; // switched off
  }
}

// Null for a damaged one, which goes: nobody could bring it back.
function read(name) {
  try {
    const copy = JSON.parse(window.localStorage.getItem(name));
    if (nameOf(copy) === name && typeof copy.text === "string") return copy;
  } catch {
    // no JSON, or of no copy
  }
  dropNamed(name);
  return null;
}

export function copiesOf(person, place) {
  return all().filter((copy) => copy.person === person && copy.place === place);
}

// False where the browser keeps nothing, or too little.
export function keepCopy(copy) {
  const others = all().filter((each) => nameOf(each) !== nameOf(copy));
  for (;;) {
    try {
      window.localStorage.setItem(nameOf(copy), JSON.stringify(copy));
      return true;
    } catch {
      if (!others.length) return false;
      dropCopy(others.pop()); // the oldest
    }
  }
}

export const dropCopy = (copy) => dropNamed(nameOf(copy));

function dropNamed(name) {
  try {
    window.localStorage.removeItem(name);
  } catch {
    // then it never was
  }
}

export function dropSaved(key) {
  all().filter((copy) => copy.key === key).forEach(dropCopy);
}

export function prune() {
  const old = (copy, number) => number >= MOST || Date.now() - copy.at > KEPT;
  all().filter(old).forEach(dropCopy);
}
