// In a frame of another page: tells that page how high this one is, so that its frame can be as high.

export function tellHeight() {
  if (parent === window) return;
  const whole = document.documentElement;
  const tell = () => parent.postMessage({ explorerHeight: Math.ceil(whole.getBoundingClientRect().height) }, '*');
  new ResizeObserver(tell).observe(whole);
}
