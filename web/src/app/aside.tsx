import { showShortcuts } from '~/shortcuts/shortcuts';
import { texts } from '~/texts/texts';
import { features } from './feature';
import { site } from './site';
import styles from './aside.module.css';

/** The column beside the page: what the features put there, and whose place this is. */
export function Aside() {
    const t = texts();
    const widgets = features
        .flatMap((feature) => feature.aside ?? [])
        .sort((a, b) => a.order - b.order);
    return (
        <div class={styles.stack}>
            {widgets.map(({ Widget, order }) => (
                <Widget key={order} />
            ))}
            <section class={styles.about}>
                <h2 class={styles.title}>{site.value?.title ?? t.app.name}</h2>
                {/* Its line is there before the words are. */}
                <p>{site.value?.description ?? '\u00a0'}</p>
            </section>
            <p class={styles.foot}>
                <a href="/about">{t.app.about}</a> ·{' '}
                <button type="button" onClick={showShortcuts}>
                    {t.shortcuts.title}
                </button>
            </p>
        </div>
    );
}
