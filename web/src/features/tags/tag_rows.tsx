import type { Tag } from '~/api/types';
import { Marked } from '~/marking/marking';
import { tagPath } from '~/post/paths';
import { texts } from '~/texts/texts';
import { Sparkline } from '~/ui/sparkline';
import { peopleOf, TREND_DAYS, usesByDay, usesIn } from './history';
import { TagButton } from './tag_button';
import styles from './tag_rows.module.css';

function factOf(tag: Tag, isTrend: boolean): string {
    const t = texts().tags;
    const people = peopleOf(tag.history, TREND_DAYS);
    if (isTrend && people > 0) {
        return t.people(people);
    }
    const uses = usesIn(tag.history);
    return uses === 0 ? '' : t.uses(uses);
}

function TagRow({ tag, isTrend }: { tag: Tag; isTrend: boolean }) {
    const fact = factOf(tag, isTrend);
    return (
        <div class={styles.row}>
            <a href={tagPath(tag.name)} class={styles.name}>
                <bdi>
                    <Marked text={`#${tag.name}`} as="name" />
                </bdi>
                {fact !== '' && <span class={styles.uses}>{fact}</span>}
            </a>
            <Sparkline values={usesByDay(tag.history)} />
            <TagButton name={tag.name} />
        </div>
    );
}

interface Props {
    tags: readonly Tag[];
    /** They stand there because much is said about them at the moment. */
    isTrend?: boolean;
}

export function TagRows({ tags, isTrend = false }: Props) {
    return (
        <ul>
            {tags.map((tag) => (
                <li key={tag.name}>
                    <TagRow tag={tag} isTrend={isTrend} />
                </li>
            ))}
        </ul>
    );
}
