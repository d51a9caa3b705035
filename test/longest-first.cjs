const { default: Sequencer } = require('@jest/test-sequencer');

const longFolders = ['end-to-end', 'docs', 'workflows'];

/** Folders whose tests mostly wait for servers begin first, so that no core is idle at the end of a first run. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = longFolders.findIndex((folder) => path.includes(`/test/${folder}/`));
      return place < 0 ? longFolders.length : place;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
