// What is kept on the device: in "localStorage", or for the tab in "sessionStorage". Where that is
// full or switched off, which even asking for it can tell by an error, nothing is kept.

export function read(where, key) {
  try {
    return window[where].getItem(key);
  } catch {
    return null;
  }
}

export function keep(where, key, value) {
  try {
    if (value) window[where].setItem(key, value);
    else window[where].removeItem(key);
  } catch {
    // then not
  }
}
