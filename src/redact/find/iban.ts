import { beginnings, type Found } from './found';

const IBAN =
  /(?<![A-Za-z0-9_-])[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?:[^\p{Lu}\p{Ll}\p{Lo}\p{N}]{1,3}[A-Z0-9]{4}){2,7}(?:[^\p{Lu}\p{Ll}\p{Lo}\p{N}]{1,3}[A-Z0-9]{1,3})?)(?![A-Za-z0-9_])/giu;

/** The length of a country's numbers. Source: "IBAN Registry", swift.com. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27' +
    'GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22' +
    'MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28' +
    'TL23TN24TR26UA29VA22VG24XK20YE30'
  )
    .match(/[A-Z]{2}\d{2}/gu)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** International bank account numbers, in one piece or in groups of four with any marks between, by length and check digits. */
export function* findIbans(words: string): Generator<Found> {
  yield* beginnings('iban', IBAN, words, (value) => {
    const length = LENGTHS.get(value.slice(0, 2).toUpperCase());
    const end = length === undefined ? undefined : endOf(value, length);
    return end !== undefined && passesCheck(value.slice(0, end).replace(/[^A-Z0-9]/gi, '')) ? end : undefined;
  });
}

/** Where so many letters and digits end at the end of a group: other words may follow. */
function endOf(value: string, length: number): number | undefined {
  let characters = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (/[A-Z0-9]/i.test(value.charAt(at))) characters += 1;
    if (characters === length) return /^[A-Z0-9]/i.test(value.slice(at + 1)) ? undefined : at + 1;
  }
  return undefined;
}

/** Source: ISO 7064, MOD 97-10. */
function passesCheck(iban: string): boolean {
  if (/^..(?:0[01]|99)/.test(iban)) return false;
  const turned = iban.slice(4) + iban.slice(0, 4);
  let rest = 0;
  for (const character of turned) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
