import './styles/tokens.css';
import './styles/base.css';
import { render } from 'preact';
import { startStream } from './api/api';
import { startAppearance } from './app/appearance';
import { features } from './app/feature';
import { afterFirstView, awaitFirstView } from './app/first_view';
import { Shell } from './app/shell';
import { loadSite, site } from './app/site';
import { prefetch, startRouter } from './router/router';
import { followOtherTabs } from './session/session';
import { refreshOwnAccount } from './session/sign_in';
import { startShortcuts } from './shortcuts/shortcuts';
import { startTexts } from './texts/texts';

/** Where most people go from the first page, whichever that is. */
const NEXT_PAGES = ['/home', '/@name/1', '/@name', '/notifications', '/explore'];

startAppearance();
const textsAreThere = startTexts();
startRouter(features.flatMap((feature) => feature.routes ?? []));
startShortcuts();
startStream();
followOtherTabs();
features.forEach((feature) => feature.start?.());
if (site.peek() === null) {
    void loadSite(); // a landing page without it says nothing
} else {
    afterFirstView(() => void loadSite());
}
afterFirstView(() => void refreshOwnAccount());
afterFirstView(() => NEXT_PAGES.forEach(prefetch));

// No await out here: the build could not keep all that is needed first in one file.
void textsAreThere.then(() => {
    const root = document.getElementById('app');
    if (root !== null) {
        render(<Shell />, root);
    }
    void awaitFirstView();
});
