import { features } from '~/app/feature';
import { sessionToken } from '~/session/session';
import { texts } from '~/texts/texts';
import { ButtonLink } from '~/ui/button';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { FeedView } from './feed_view';
import { homeFeed } from './feeds';

export function ask(): void {
    if (sessionToken.peek() !== null) {
        void homeFeed().feed.start();
    }
}

export default function HomePage() {
    const t = texts().feeds;
    const tops = features.flatMap(({ homeTop }) => homeTop ?? []);
    return (
        <Page title={t.home}>
            {tops.map((Top, index) => (
                <Top key={index} />
            ))}
            <FeedView
                source={homeFeed()}
                label={t.home}
                empty={
                    <Note icon="people" title={t.emptyHomeTitle} text={t.emptyHome}>
                        <ButtonLink href="/local">{t.lookAround}</ButtonLink>
                    </Note>
                }
            />
        </Page>
    );
}
