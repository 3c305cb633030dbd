export type PageLanguage = 'en' | 'ja';
export type Theme = 'auto' | 'light' | 'dark';

const LANGUAGE = 'dejiren-language';
const THEME = 'dejiren-theme';

/** The language that was chosen on this page, if one was. */
export function chosenLanguage(): PageLanguage | undefined {
  const stored = read(LANGUAGE);
  return stored === 'en' || stored === 'ja' ? stored : undefined;
}

export function browserLanguage(): PageLanguage {
  return navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

export function chosenTheme(): Theme {
  const stored = read(THEME);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

export function rememberLanguage(language: PageLanguage): void {
  write(LANGUAGE, language);
}

export function rememberTheme(theme: Theme): void {
  write(THEME, theme);
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

// A browser may forbid storage altogether; the page works without.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}
