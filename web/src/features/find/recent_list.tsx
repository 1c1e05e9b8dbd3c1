import { texts } from '~/texts/texts';
import { Button, IconButton } from '~/ui/button';
import { Icon } from '~/ui/icon';
import { forgetSearch, forgetSearches, recentSearches } from './recent_searches';
import { pathOf } from './search_options';
import styles from './search_page.module.css';

/** What was searched for lately, to be searched again or forgotten. Nothing if nothing was. */
export function RecentList() {
    const t = texts().find;
    const recent = recentSearches.value;
    return recent.length === 0 ? null : (
        <section aria-label={t.recent}>
            <div class={styles.head}>
                <h2 class={styles.title}>{t.recent}</h2>
                <Button small kind="plain" onClick={forgetSearches}>
                    {t.forgetAll}
                </Button>
            </div>
            <ul>
                {recent.map((query) => (
                    <li key={query} class={styles.recent}>
                        <a href={pathOf(query)} class={styles.query}>
                            <Icon name="search" size={20} />
                            <bdi>{query}</bdi>
                        </a>
                        <IconButton
                            icon="close"
                            label={t.forget(query)}
                            onClick={() => forgetSearch(query)}
                        />
                    </li>
                ))}
            </ul>
        </section>
    );
}
