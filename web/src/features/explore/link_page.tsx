import type { Status } from '~/api/types';
import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Icon } from '~/ui/icon';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { PostList } from '../entries/entry_list';
import { askFor, postSource, type Source } from '../entries/source';
import { shownAddress, webAddress } from './web_address';
import styles from './explore.module.css';

function postsWith(url: string): Source<Status> {
    return postSource('/api/v1/timelines/link', { url });
}

export function ask({ query }: PageProps, isReturn: boolean): void {
    const url = query.get('url') ?? '';
    if (!isReturn && webAddress(url) !== null) {
        askFor(postsWith(url));
    }
}

/** What people say who share a link. */
export default function LinkPage({ query }: PageProps) {
    const t = texts().explore;
    const url = query.get('url') ?? '';
    const address = webAddress(url);
    const empty = <Note icon="link" title={t.noPostsTitle} text={t.noPosts} />;
    return (
        <Page title={t.postsWith} hasBack>
            {address === null ? (
                empty
            ) : (
                <>
                    <p class={styles.target}>
                        <Icon name="link" size={20} />
                        <a href={address.href} target="_blank" rel="nofollow noopener noreferrer">
                            {shownAddress(address)}
                            <span class="visually-hidden"> ({t.opens})</span>
                        </a>
                    </p>
                    <PostList source={postsWith(url)} label={t.postsWith} empty={empty} />
                </>
            )}
        </Page>
    );
}
