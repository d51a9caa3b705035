/** Text keeps 4.5:1 against page and panel, series 3:1 against the page. */
export interface Theme {
  page: string;
  panel: string;
  text: string;
  muted: string;
  line: string;
  accent: string;
  good: string;
  bad: string;
  warn: string;
  /** Apart in lightness as well as in hue, so that they differ in every kind of colour vision. */
  series: string[];
}

export const themes: { light: Theme; dark: Theme } = {
  light: {
    page: '#ffffff',
    panel: '#f5f7f9',
    text: '#1b2129',
    muted: '#56606c',
    line: '#d5dbe1',
    accent: '#1a5fb4',
    good: '#1c6b3f',
    bad: '#b3261e',
    warn: '#7a5200',
    series: ['#073f80', '#e8640c', '#3a9a6b', '#b14be0', '#6a4700', '#0b9cc4', '#5f5a66', '#7a0a2c'],
  },
  dark: {
    page: '#11161c',
    panel: '#1a2129',
    text: '#e8edf2',
    muted: '#a3afbb',
    line: '#37414c',
    accent: '#7cb4f7',
    good: '#6fd39a',
    bad: '#ff9a90',
    warn: '#f0c05a',
    series: ['#9bbcff', '#ff8a1f', '#6bf0a3', '#b04af5', '#a58f3c', '#2b95b5', '#d3e3ea', '#d18f93'],
  },
};
