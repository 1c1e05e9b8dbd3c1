import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { isKeptFeed, newVersion, takeNewVersion } from './start_worker';

interface Props {
    class: string | undefined;
}

/** Quiet lines above the page: a new version is there, or the feed is an old one. */
export function OfflineBanner({ class: className }: Props) {
    const t = texts().offline;
    return (
        <>
            {isKeptFeed.value && (
                <div class={className} role="status">
                    {t.keptFeed}
                </div>
            )}
            {newVersion.value !== null && (
                <div class={className} role="status">
                    {t.newVersion}
                    <Button small kind="plain" onClick={takeNewVersion}>
                        {t.update}
                    </Button>
                </div>
            )}
        </>
    );
}
