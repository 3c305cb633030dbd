/** Longer names are no names; the longest label of a registered domain that people know has some 25 letters. */
const LONGEST_HOST = 60;
const LONGEST_LABEL = 30;
const MOST_SUBDOMAINS = 2;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/u;
const TOP_LEVEL = /^[a-z]{2,12}$/u;

/** Domains below which others register theirs, as far as such addresses are common. */
const SHARED: Readonly<Record<string, string>> = {
  jp: 'co or ne ac go ad ed gr lg',
  uk: 'co org ac gov nhs',
  kr: 'co or go ac re',
  au: 'com net org edu gov',
  nz: 'co org govt ac',
  in: 'co gov ac org',
  cn: 'com org gov edu net',
  tw: 'com gov edu org',
  hk: 'com gov edu org',
  sg: 'com gov edu',
  br: 'com gov org',
  mx: 'com gob',
  za: 'co gov',
  il: 'co gov ac',
  th: 'co go ac or',
  id: 'co go ac or',
};

/**
 * The names that may stand before a domain. A domain's owner hears of any name below it that a browser merely looks up,
 * so that a name may carry no more than one of a few.
 */
const SUBDOMAINS = new Set(
  [
    'www www2 www3 m en ja de fr es it ko zh pt ru nl pl us uk jp eu global',
    'docs doc platform developer developers dev api learn help support kb wiki guide guides manual reference community forum',
    'blog blogs news status about account accounts admin console portal app apps web my mail calendar drive maps',
    'cloud store shop play music video photos books scholar translate policies trust security privacy legal',
    'download downloads packages pkg registry hub code git source packages static cdn',
    'aws azure google microsoft apple github gitlab office teams slack',
    'finance sports weather travel tech science business careers jobs press research labs academy training events',
    'bugs issues bugzilla lists archive archives data open design tools',
  ].flatMap((words) => words.split(' ')),
);

/** Whether a host is a domain as people register and name them, with nothing before it but `www`, `docs` and the like. */
export function isPlainHost(host: string): boolean {
  const labels = host.split('.');
  if (host.length > LONGEST_HOST || !TOP_LEVEL.test(labels.at(-1) ?? '')) return false;
  if (!labels.every((label) => LABEL.test(label) && label.length <= LONGEST_LABEL && !label.startsWith('xn--')))
    return false;
  return hasKnownSubdomains(labels);
}

/**
 * Whether nothing stands before the registered domain but names of the few. `false` also where there is no registered
 * domain.
 */
export function hasKnownSubdomains(labels: readonly string[]): boolean {
  const [second = '', top = ''] = labels.slice(-2);
  const registered = SHARED[top]?.split(' ').includes(second) === true ? 3 : 2;
  const before = labels.slice(0, -registered);
  return (
    labels.length >= registered && before.length <= MOST_SUBDOMAINS && before.every((label) => SUBDOMAINS.has(label))
  );
}
