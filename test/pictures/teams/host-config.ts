/**
 * What Teams tells the Adaptive Cards renderer: sizes, distances and colours of its light and its dark theme. Source of
 * the figures: "microsoft-teams-light.json" and "microsoft-teams-dark.json", microsoft/AdaptiveCards, samples/HostConfig.
 */
export function hostConfig(theme: 'light' | 'dark', fonts: { readonly text: string; readonly mono: string }): object {
  const isLight = theme === 'light';
  const colour = (plain: string, subtle: string) => ({ default: plain, subtle });
  const foregroundColors = {
    default: isLight ? colour('#ff252424', '#bf252424') : colour('#ffffffff', '#bfffffff'),
    dark: colour('#ff201f1f', '#ff2d2c2c'),
    light: colour('#ffffffff', '#bfffffff'),
    accent: isLight ? colour('#ff6264a7', '#ff8b8cc7') : colour('#ffa6a7dc', '#ff8b8cc7'),
    good: isLight ? colour('#ff237b4b', '#ff237b4b') : colour('#ff92c353', '#e592c353'),
    warning: isLight ? colour('#ff835c00', '#ff835c00') : colour('#fff8d22a', '#e5f8d22a'),
    attention: isLight ? colour('#ffc4314b', '#e5c4314b') : colour('#ffd74654', '#e5d74654'),
  };
  const style = (light: string, dark: string) => ({ backgroundColor: isLight ? light : dark, foregroundColors });
  const type = (fontFamily: string) => ({
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
  });
  return {
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: isLight ? '#e1e1e1' : '#404040' },
    fontTypes: { default: type(fonts.text), monospace: type(fonts.mono) },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: style('#ffffff', '#2d2c2c'),
      emphasis: style('#f3f2f1', '#292828'),
      accent: style('#e2e2f6', '#3d3e78'),
      good: style('#e7f2da', '#1f3310'),
      attention: style('#fcf4f6', '#3e1f25'),
      warning: style('#fbf6d9', '#463100'),
    },
    actions: {
      maxActions: 6,
      spacing: 'Default',
      buttonSpacing: 8,
      showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
    },
    adaptiveCard: { allowCustomStyle: false },
    factSet: { title: { weight: 'Bolder', wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 16 },
  };
}
