import { classes } from './classes';
import styles from './chips.module.css';

interface Chip {
    href: string;
    label: string;
    isCurrent: boolean;
}

/** Views of the same page, one of which is shown: a row that scrolls where there is no room. */
export function Chips({ label, chips }: { label: string; chips: Chip[] }) {
    return (
        <nav class={styles.row} aria-label={label}>
            {chips.map((chip) => (
                <a
                    key={chip.href}
                    href={chip.href}
                    class={classes(styles.chip, chip.isCurrent && styles.current)}
                    aria-current={chip.isCurrent ? 'page' : undefined}
                >
                    {chip.label}
                </a>
            ))}
        </nav>
    );
}
