import { nodePtyOpens } from './nodePtyOpens';

/** A small process that opens a shell for each message, which is its path, and answers the milliseconds it took. */
process.on('message', (shell: string) => {
  void nodePtyOpens(shell).then((took) => process.send?.({ took, resident: process.memoryUsage.rss() }));
});
