import { signal, type ReadonlySignal } from '@preact/signals';
import { en, type Texts } from './en';
import { formatsOf, type Formats } from './formats';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const LANGUAGE_KEY = 'rookery.language';

const current = signal<Texts>(en);
const currentLanguage = signal<Language>('en');
const currentFormats = signal<Formats>(formatsOf('en'));

export const language: ReadonlySignal<Language> = currentLanguage;

/** All texts in the reader's language. In a component: `const t = texts();` */
export function texts(): Texts {
    return current.value;
}

export function formats(): Formats {
    return currentFormats.value;
}

function isLanguage(name: string | null | undefined): name is Language {
    return name !== null && name !== undefined && name in LANGUAGES;
}

/** What the person chose here, else the first of the browser's languages that there is. */
function preferredLanguage(): Language {
    const chosen = localStorage.getItem(LANGUAGE_KEY);
    if (isLanguage(chosen)) {
        return chosen;
    }
    return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

async function use(name: Language): Promise<void> {
    current.value = name === 'de' ? (await import('./de')).de : en;
    currentFormats.value = formatsOf(name);
    currentLanguage.value = name;
    document.documentElement.lang = name;
}

/** Falls back to English if the texts of the preferred language do not load. */
export async function startTexts(): Promise<void> {
    await use(preferredLanguage()).catch(() => use('en'));
}

export async function chooseLanguage(name: Language): Promise<void> {
    localStorage.setItem(LANGUAGE_KEY, name);
    await use(name);
}
