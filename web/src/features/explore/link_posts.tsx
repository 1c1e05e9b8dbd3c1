import type { Status } from '~/api/types';
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

/** Where the posts with a link are. */
export function linkPath(url: string): string {
    return `/explore?${new URLSearchParams({ tab: 'link', url }).toString()}`;
}

export function askForLink(url: string): void {
    if (webAddress(url) !== null) {
        askFor(postsWith(url));
    }
}

/** What people say who share a link. */
export function LinkPosts({ url }: { url: string }) {
    const t = texts().explore;
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
