import { texts } from '~/texts/texts';
import { Sparkline } from '~/ui/sparkline';
import { peopleOf, TREND_DAYS, usesByDay } from '../tags/history';
import type { TrendLink } from './trends';
import { linkPath } from './link_posts';
import { hostOf, shownAddress, webAddress } from './web_address';
import styles from './explore.module.css';

function LinkRow({ link, address }: { link: TrendLink; address: URL }) {
    const t = texts().explore;
    const people = peopleOf(link.history, TREND_DAYS);
    return (
        <div class={styles.link}>
            <div class={styles.words}>
                <span class={styles.soft}>{link.providerName || hostOf(address)}</span>
                <a
                    href={address.href}
                    target="_blank"
                    rel="nofollow noopener noreferrer"
                    class={styles.linkTitle}
                >
                    <bdi>{link.title || shownAddress(address)}</bdi>
                    <span class="visually-hidden"> ({t.opens})</span>
                </a>
                {link.description !== '' && <p class={styles.excerpt}>{link.description}</p>}
                <a href={linkPath(link.url)} class={styles.posts}>
                    {people > 0 ? t.sharedBy(people) : t.postsWith}
                </a>
            </div>
            <Sparkline values={usesByDay(link.history)} />
        </div>
    );
}

export function LinkRows({ links }: { links: readonly TrendLink[] }) {
    return (
        <ul>
            {links.map((link) => {
                const address = webAddress(link.url);
                return address === null ? null : (
                    <li key={link.url}>
                        <LinkRow link={link} address={address} />
                    </li>
                );
            })}
        </ul>
    );
}
