import type { Feature } from '~/app/feature';
import { OfflineBanner } from './banner';
import { startWorker } from './start_worker';

const feature: Feature = { start: startWorker, Banner: OfflineBanner };

export default feature;
