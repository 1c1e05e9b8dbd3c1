import { signal, type ReadonlySignal } from '@preact/signals';

/** How the app looks in this browser: kept here, and told to the style sheets by attributes. */
class Choice<T extends string> {
    private readonly current;

    constructor(
        private readonly name: string,
        private readonly values: readonly T[],
        private readonly usual: T,
    ) {
        this.current = signal<T>(usual);
    }

    get chosen(): ReadonlySignal<T> {
        return this.current;
    }

    start(): void {
        const kept = localStorage.getItem(`rookery.${this.name}`);
        this.apply(this.values.find((value) => value === kept) ?? this.usual);
    }

    choose(next: T): void {
        localStorage.setItem(`rookery.${this.name}`, next);
        this.apply(next);
    }

    private apply(next: T): void {
        this.current.value = next;
        if (next === this.usual) {
            delete document.documentElement.dataset[this.name];
        } else {
            document.documentElement.dataset[this.name] = next;
        }
    }
}

export type Theme = 'system' | 'light' | 'dark';
export type TextSize = 'small' | 'normal' | 'large' | 'larger';
export type Motion = 'system' | 'reduced';

const themes = new Choice<Theme>('theme', ['system', 'light', 'dark'], 'system');
const sizes = new Choice<TextSize>('text', ['small', 'normal', 'large', 'larger'], 'normal');
const motions = new Choice<Motion>('motion', ['system', 'reduced'], 'system');

export const theme = themes.chosen;
export const textSize = sizes.chosen;
export const motion = motions.chosen;

export function startAppearance(): void {
    themes.start();
    sizes.start();
    motions.start();
}

export function chooseTheme(next: Theme): void {
    themes.choose(next);
}

export function chooseTextSize(next: TextSize): void {
    sizes.choose(next);
}

export function chooseMotion(next: Motion): void {
    motions.choose(next);
}
