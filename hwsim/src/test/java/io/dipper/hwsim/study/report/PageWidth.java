package io.dipper.hwsim.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How wide a page's content is in a window of some width. The page lies in a frame, since a window
 * of its own is never narrower than 500 pixels.
 *
 * @param content pixels from the left edge that the content takes, hidden parts included
 * @param window pixels that it has, without a scroll bar
 * @param beyond what reaches beyond the right edge, for a reader of a failed test
 */
record PageWidth(int content, int window, String beyond) {
  /** Tells the frame's owner, once everything is drawn. */
  private static final String PROBE =
      """
      <script>
      (async () => {
        while (document.documentElement.dataset.ready !== 'true') await new Promise(done => setTimeout(done, 50));
        const root = document.documentElement, right = node => node.getBoundingClientRect().right;
        const beyond = [...document.body.querySelectorAll('*')].filter(node => right(node) > root.clientWidth + 1 && !node.closest('.scroll, pre, svg, details'));
        const told = beyond.map(node => `${node.tagName}#${node.id}.${node.className}`).join(' ');
        parent.postMessage(`width ${root.scrollWidth} of ${root.clientWidth}: ${told}`, '*');
      })();
      </script>
      """;

  private static final String FRAME =
      """
      <!doctype html><iframe src="probed.html" width="%d" height="900" style="border: 0"></iframe>
      <script>addEventListener('message', event => document.title = event.data);</script>
      """;

  private static final Pattern TOLD =
      Pattern.compile("<title>width (\\d+) of (\\d+): (.*?)</title>");

  static PageWidth of(Browser browser, Path page, int width, Path folder) throws Exception {
    String html = Files.readString(page);
    int end = html.lastIndexOf("</body>");
    Files.writeString(
        folder.resolve("probed.html"), html.substring(0, end) + PROBE + html.substring(end));
    Path frame = folder.resolve("frame.html");
    Files.writeString(frame, FRAME.formatted(width));
    Matcher told = TOLD.matcher(browser.open(frame, folder).dom());
    assertThat(told.find()).as("the page in a frame of " + width + " pixels").isTrue();
    return new PageWidth(
        Integer.parseInt(told.group(1)), Integer.parseInt(told.group(2)), told.group(3));
  }
}
