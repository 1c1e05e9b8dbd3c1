import './styles/tokens.css';
import './styles/base.css';
import { render } from 'preact';
import { startStream } from './api/api';
import { startAppearance } from './app/appearance';
import { features } from './app/feature';
import { Shell } from './app/shell';
import { loadSite } from './app/site';
import { startRouter } from './router/router';
import { followOtherTabs } from './session/session';
import { refreshOwnAccount } from './session/sign_in';
import { startShortcuts } from './shortcuts/shortcuts';
import { startTexts } from './texts/texts';

startAppearance();
startRouter(features.flatMap((feature) => feature.routes ?? []));
startShortcuts();
startStream();
followOtherTabs();
features.forEach((feature) => feature.start?.());
void loadSite();
void refreshOwnAccount();

await startTexts();
const root = document.getElementById('app');
if (root !== null) {
    render(<Shell />, root);
}
