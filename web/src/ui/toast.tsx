import { signal } from '@preact/signals';
import { texts } from '~/texts/texts';
import { Icon } from './icon';
import styles from './toast.module.css';

interface Toast {
    id: number;
    text: string;
    action?: { label: string; run: () => void };
}

const SHOWN_MS = 6_000;
const toasts = signal<Toast[]>([]);
let lastId = 0;

function dismiss(id: number): void {
    toasts.value = toasts.peek().filter((toast) => toast.id !== id);
}

/** A short word about what just happened. It goes by itself; nothing may depend on its being read. */
export function say(text: string, action?: Toast['action']): void {
    lastId += 1;
    const id = lastId;
    const toast: Toast = action === undefined ? { id, text } : { id, text, action };
    const others = toasts.peek().filter((other) => other.text !== text);
    toasts.value = [...others, toast].slice(-3);
    setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Where they appear; the shell renders it once. */
export function ToastHost() {
    return (
        <div class={styles.toasts} role="status" aria-live="polite">
            {toasts.value.map(({ id, text, action }) => (
                <div key={id} class={styles.toast}>
                    <span>{text}</span>
                    {action !== undefined && (
                        <button
                            type="button"
                            class={styles.action}
                            onClick={() => {
                                dismiss(id);
                                action.run();
                            }}
                        >
                            {action.label}
                        </button>
                    )}
                    <button
                        type="button"
                        class={styles.close}
                        aria-label={texts().app.close}
                        onClick={() => dismiss(id)}
                    >
                        <Icon name="close" size={16} />
                    </button>
                </div>
            ))}
        </div>
    );
}
