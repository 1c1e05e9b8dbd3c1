import { signal, type ReadonlySignal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const THEME_KEY = 'rookery.theme';
const current = signal<Theme>('system');

export const theme: ReadonlySignal<Theme> = current;

function apply(next: Theme): void {
    current.value = next;
    if (next === 'system') {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = next;
    }
}

export function startAppearance(): void {
    const kept = localStorage.getItem(THEME_KEY);
    apply(kept === 'light' || kept === 'dark' ? kept : 'system');
}

export function chooseTheme(next: Theme): void {
    localStorage.setItem(THEME_KEY, next);
    apply(next);
}
