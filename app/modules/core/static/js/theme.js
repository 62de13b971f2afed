/** Light, dark, or as the system: kept in a cookie, so that the server paints it at once. */

const YEAR_S = 365 * 24 * 3600;

export function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.cookie = `tierline_theme=${theme}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** Component `theme`: the switch in the top bar. */
export function theme() {
  return {
    current: document.documentElement.dataset.theme,

    use(choice) {
      this.current = choice;
      useTheme(choice);
    },
  };
}
