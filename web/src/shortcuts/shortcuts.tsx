import { useEffect, useRef } from 'preact/hooks';
import { texts } from '~/texts/texts';
import { Dialog } from '~/ui/dialog';
import { isDialogOpen, showDialog } from '~/ui/dialogs';
import styles from './shortcuts.module.css';

export interface Shortcut {
    /** As KeyboardEvent.key: `j`, `?`, `Escape`. */
    key: string;
    /** What it does, for the list of shortcuts. */
    label: string;
    group: 'everywhere' | 'feeds';
    run: () => void;
}

/** Those of the page on screen, the latest last: the latest of a key wins. */
const active: { current: Shortcut[] }[] = [];

/** The component's shortcuts, as long as it is on screen. */
export function useShortcuts(shortcuts: Shortcut[]): void {
    const holder = useRef(shortcuts);
    holder.current = shortcuts;
    useEffect(() => {
        active.push(holder);
        return () => {
            active.splice(active.indexOf(holder), 1);
        };
    }, []);
}

function current(): Map<string, Shortcut> {
    return new Map(active.flatMap(({ current: list }) => list).map((one) => [one.key, one]));
}

function isTyping(target: EventTarget | null): boolean {
    return (
        target instanceof HTMLElement &&
        (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
    );
}

export function startShortcuts(): void {
    document.addEventListener('keydown', (event) => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        if (isTyping(event.target) || isDialogOpen()) {
            return;
        }
        const shortcut = current().get(event.key);
        if (shortcut !== undefined) {
            event.preventDefault();
            shortcut.run();
        }
    });
}

export function showShortcuts(): void {
    const all = [...current().values()];
    showDialog((close) => <ShortcutsDialog shortcuts={all} onClose={close} />);
}

function ShortcutsDialog({ shortcuts, onClose }: { shortcuts: Shortcut[]; onClose: () => void }) {
    const t = texts().shortcuts;
    const groups = [
        { name: t.everywhere, group: 'everywhere' },
        { name: t.inFeeds, group: 'feeds' },
    ];
    return (
        <Dialog title={t.title} onClose={onClose}>
            {groups.map(({ name, group }) => (
                <section key={group} class={styles.group}>
                    <h3 class={styles.name}>{name}</h3>
                    <dl class={styles.list}>
                        {shortcuts
                            .filter((shortcut) => shortcut.group === group)
                            .map(({ key, label }) => (
                                <div key={key} class={styles.row}>
                                    <dt>
                                        <kbd class={styles.key}>{key}</kbd>
                                    </dt>
                                    <dd>{label}</dd>
                                </div>
                            ))}
                    </dl>
                </section>
            ))}
        </Dialog>
    );
}
