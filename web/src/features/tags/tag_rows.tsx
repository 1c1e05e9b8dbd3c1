import type { Tag } from '~/api/types';
import { tagPath } from '~/post/paths';
import { texts } from '~/texts/texts';
import { TagButton } from './tag_button';
import styles from './tag_rows.module.css';

function usesOf(tag: Tag): number {
    return (tag.history ?? []).reduce((sum, day) => sum + Number(day.uses), 0);
}

function TagRow({ tag }: { tag: Tag }) {
    const uses = usesOf(tag);
    return (
        <div class={styles.row}>
            <a href={tagPath(tag.name)} class={styles.name}>
                <bdi>#{tag.name}</bdi>
                {uses > 0 && <span class={styles.uses}>{texts().tags.uses(uses)}</span>}
            </a>
            <TagButton name={tag.name} />
        </div>
    );
}

export function TagRows({ tags }: { tags: readonly Tag[] }) {
    return (
        <ul>
            {tags.map((tag) => (
                <li key={tag.name}>
                    <TagRow tag={tag} />
                </li>
            ))}
        </ul>
    );
}
