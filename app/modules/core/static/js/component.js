/** Join components into one; unlike a spread it keeps their getters alive. */
export function combine(...parts) {
  const whole = {};
  for (const part of parts) {
    Object.defineProperties(whole, Object.getOwnPropertyDescriptors(part));
  }
  return whole;
}
