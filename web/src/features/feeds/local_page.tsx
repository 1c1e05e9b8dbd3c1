import { texts } from '~/texts/texts';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { FeedView } from './feed_view';
import { localFeed } from './feeds';

export function ask(): void {
    void localFeed().feed.start();
}

export default function LocalPage() {
    const t = texts().feeds;
    return (
        <Page title={t.local}>
            <FeedView
                source={localFeed()}
                label={t.local}
                empty={<Note icon="people" title={t.emptyPublicTitle} text={t.emptyPublic} />}
            />
        </Page>
    );
}
