/** Languages that many people write; the one that somebody set for themselves is added to them. */
const CODES = [
    'ar', 'bg', 'bn', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'eo', 'es', 'et', 'eu', 'fa', 'fi',
    'fr', 'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'id', 'is', 'it', 'ja', 'ko', 'lt', 'lv', 'nl', 'no',
    'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'ta', 'th', 'tr', 'uk', 'vi', 'zh',
]; // prettier-ignore

export interface LanguageChoice {
    code: string;
    name: string;
}

/** By their names in the app's language, in its order. */
export function languageChoices(chosen: string, appLanguage: string): LanguageChoice[] {
    const names = new Intl.DisplayNames(appLanguage, { type: 'language' });
    const nameOf = (code: string): string => {
        try {
            return names.of(code.replace('_', '-')) ?? code;
        } catch {
            return code; // a code that another app set, and that is none
        }
    };
    const codes = chosen === '' || CODES.includes(chosen) ? CODES : [...CODES, chosen];
    const order = new Intl.Collator(appLanguage);
    return codes
        .map((code) => ({ code, name: nameOf(code) }))
        .sort((a, b) => order.compare(a.name, b.name));
}
