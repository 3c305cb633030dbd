const silent = (): void => {};

/** Makes something whose constructor talks about itself on the console, with the console shut meanwhile. */
export function unannounced<Made>(make: () => Made): Made {
  const { debug, info, log, warn } = console;
  Object.assign(console, { debug: silent, info: silent, log: silent, warn: silent });
  try {
    return make();
  } finally {
    Object.assign(console, { debug, info, log, warn });
  }
}
