package io.dipper.config;

import io.dipper.error.UserException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * What a document must keep to before its nodes are built. It is checked on the stream of events,
 * so that neither depth nor aliases can exhaust memory or stack.
 */
final class YamlRules {
  private static final int DEEPEST = 32;

  private final String name;
  private final String text;
  private int documents;
  private int depth;

  /** Where the newest event began: the parser gives some faults no place of their own. */
  private Location reached;

  private YamlRules(String name, String text) {
    this.name = name;
    this.text = text;
    this.reached = new Location(name, 1, 1);
  }

  static void check(String name, String text, LoadSettings settings) {
    YamlRules rules = new YamlRules(name, text);
    rules.checkCharacters();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        rules.accept(event);
      }
    } catch (MarkedYamlEngineException e) {
      throw rules.syntax(e);
    } catch (YamlEngineException e) {
      throw rules.reached.error(
          "not valid YAML after this: " + oneLine(String.valueOf(e.getMessage())));
    }
    if (rules.documents == 0) {
      throw new Location(name, 1, 1).error("the file is empty; a mapping of keys is expected");
    }
  }

  private void accept(Event event) {
    reached = at(event);
    if (event instanceof DocumentStartEvent && ++documents > 1) {
      throw at(event).error("a second document begins; keep one document in a file");
    }
    if (event instanceof AliasEvent) {
      throw at(event).error("aliases (*name) are not read; write the value out");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw at(event).error("anchors (&name) are not read; write the value out where it is used");
    }
    if (tag(event).isPresent()) {
      throw at(event)
          .error("the tag '" + tag(event).get() + "' is not read; write the plain value");
    }
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> enter(event);
      case MappingEnd, SequenceEnd -> depth--;
      default -> {}
    }
  }

  private void enter(Event event) {
    if (++depth > DEEPEST) {
      throw at(event).error("nested deeper than " + DEEPEST + " levels; flatten it");
    }
  }

  private static Optional<String> tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
  }

  private void checkCharacters() {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        throw end(name, text.substring(0, i))
            .error(String.format("the character U+%04X cannot stand in YAML; remove it", c));
      }
    }
  }

  private UserException syntax(MarkedYamlEngineException e) {
    Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
    Location location =
        mark.map(m -> new Location(name, m.getLine() + 1, m.getColumn() + 1))
            .orElse(new Location(name, 1, 1));
    if (line(location.line()).stripTrailing().matches(" *\t.*")) {
      int tab = line(location.line()).indexOf('\t');
      return new Location(name, location.line(), tab + 1)
          .error("the line is indented with a tab; use spaces");
    }
    return location.error("not valid YAML: " + oneLine(e.getProblem()) + advice(e.getProblem()));
  }

  private static String advice(String problem) {
    if (problem.contains("mapping values are not allowed")) {
      return "; quote a value with a colon, or indent as the line above";
    }
    return problem.contains("unexpected end of stream") ? "; close the quote" : "";
  }

  private String line(int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("");
  }

  private Location at(Event event) {
    Mark mark = event.getStartMark().orElseThrow();
    return new Location(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The place just after a text. */
  static Location end(String name, String before) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new Location(name, line, before.length() - before.lastIndexOf('\n'));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
