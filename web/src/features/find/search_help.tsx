import { texts } from '~/texts/texts';
import { OPERATORS } from './query/query_tokens';
import styles from './search_page.module.css';

/** All that may be put into a search besides words; a press puts it there. */
export function SearchHelp({ onInsert }: { onInsert: (operator: string) => void }) {
    const t = texts().find;
    const all = [
        ...OPERATORS.map((key) => ({ operator: `${key}:`, about: t.operators[key] })),
        { operator: '"', about: t.operators['"'] },
        { operator: '-', about: t.operators['-'] },
    ];
    return (
        <section class={styles.help} aria-label={t.help}>
            <h2 class={styles.title}>{t.help}</h2>
            <p class={styles.about}>{t.helpAbout}</p>
            <ul class={styles.operators}>
                {all.map(({ operator, about }) => (
                    <li key={operator}>
                        <button
                            type="button"
                            class={styles.operator}
                            onClick={() => onInsert(operator)}
                        >
                            <code class={styles.code}>{operator}</code>
                            <span>{about}</span>
                        </button>
                    </li>
                ))}
            </ul>
        </section>
    );
}
