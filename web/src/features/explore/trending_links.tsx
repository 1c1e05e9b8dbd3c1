import { texts } from '~/texts/texts';
import { Sparkline } from '~/ui/sparkline';
import { peopleOf, TREND_DAYS, usesByDay } from '../tags/history';
import type { TrendLink } from './trends';
import styles from './explore.module.css';

/** Where it leads to, if that is an address of the web at all. */
function addressOf({ url }: TrendLink): URL | null {
    try {
        const address = new URL(url);
        return ['http:', 'https:'].includes(address.protocol) ? address : null;
    } catch {
        return null;
    }
}

function LinkRow({ link, address }: { link: TrendLink; address: URL }) {
    const t = texts().explore;
    const host = address.host.replace(/^www\./, '');
    const people = peopleOf(link.history, TREND_DAYS);
    return (
        <div class={styles.link}>
            <div class={styles.words}>
                <span class={styles.soft}>{link.providerName || host}</span>
                <a
                    href={address.href}
                    target="_blank"
                    rel="nofollow noopener noreferrer"
                    class={styles.linkTitle}
                >
                    <bdi>{link.title || host + address.pathname}</bdi>
                    <span class="visually-hidden"> ({t.opens})</span>
                </a>
                {link.description !== '' && <p class={styles.excerpt}>{link.description}</p>}
                {people > 0 && <span class={styles.soft}>{t.sharedBy(people)}</span>}
            </div>
            <Sparkline values={usesByDay(link.history)} />
        </div>
    );
}

export function LinkRows({ links }: { links: readonly TrendLink[] }) {
    return (
        <ul>
            {links.map((link) => {
                const address = addressOf(link);
                return address === null ? null : (
                    <li key={link.url}>
                        <LinkRow link={link} address={address} />
                    </li>
                );
            })}
        </ul>
    );
}
