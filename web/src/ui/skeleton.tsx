import { texts } from '~/texts/texts';
import styles from './skeleton.module.css';

/** The shape of cards that are on their way. */
export function SkeletonCards({ count = 6 }: { count?: number }) {
    return (
        <div role="status" class={styles.cards}>
            <span class="visually-hidden">{texts().app.loading}</span>
            {Array.from({ length: count }, (_, index) => (
                <div key={index} class={styles.card} aria-hidden="true">
                    <div class={styles.avatar} />
                    <div class={styles.lines}>
                        <div class={styles.line} />
                        <div class={styles.line} />
                        <div class={styles.line} />
                    </div>
                </div>
            ))}
        </div>
    );
}
