// What the network says of each image of the page.

import { facts, imageAt, PLACES } from './facts.js';
import { answer, asPixels } from './network.js';

/** Of each image: the predicted class, its share or its lead, and whether it is right. */
export const verdicts = Array.from({ length: PLACES }, (_, place) => {
  const { predicted, share, logits } = answer(asPixels(imageAt(place)), facts.predicted[place]);
  const others = logits.filter((_, label) => label !== predicted);
  const sure = facts.link ? share : logits[predicted] - Math.max(...others); // as `Kind.confidence`
  return { predicted, share: sure, right: predicted === facts.labels[place] };
});
