package io.dipper.verifier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.verifier.task.TaskItem.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of task files, as the LM Evaluation Harness makes prompts of the same data sets. */
class TaskFileTest {
  @TempDir private Path folder;

  @Test
  void plainItems_areReadAsTheyAre() throws IOException {
    assertThat(read("{'context':'a b','choices':[' c',' d'],'answer':1}"))
        .isEqualTo(TaskItem.of("a b", List.of(" c", " d"), 1));
  }

  @Test
  void arc_isReadInBothForms() throws IOException {
    TaskItem item = TaskItem.of("Question: Why?\nAnswer:", List.of(" so", " no", " oh"), 2);
    assertThat(
            read(
                "{'id':'x','question':'Why?','choices':{'text':['so','no','oh'],"
                    + "'label':['1','2','3']},'answerKey':'3'}"))
        .isEqualTo(item);
    assertThat(
            read(
                "{'id':'x','question':{'stem':'Why?','choices':[{'text':'so','label':'A'},"
                    + "{'text':'no','label':'B'},{'text':'oh','label':'C'}]},'answerKey':'C'}"))
        .isEqualTo(item);
  }

  /**
   * The harness writes ctx_b with a capital and all other letters small, and takes brackets out.
   */
  @Test
  void hellaSwag_isCleaned() throws IOException {
    assertThat(
            read(
                "{'activity_label':'Ride','ctx_a':'[header] How to ride [title] Sit.',"
                    + "'ctx_b':'then she and BOB','ctx':'unused',"
                    + "'endings':['[step] go on.',' stop .'],'label':'0'}"))
        .isEqualTo(
            TaskItem.of(
                "Ride: How to ride. Sit. Then she and bob", List.of("  go on.", " stop ."), 0));
    assertThat(read("{'activity_label':'Ride','ctx':'She','endings':['a','b'],'label':1}"))
        .isEqualTo(TaskItem.of("Ride: She", List.of(" a", " b"), 1));
  }

  @Test
  void piqa_hasTwoSolutions() throws IOException {
    assertThat(read("{'goal':'Boil','sol1':'heat','sol2':'cool','label':1}"))
        .isEqualTo(TaskItem.of("Question: Boil\nAnswer:", List.of(" heat", " cool"), 1));
  }

  @Test
  void mmlu_asksForALetter() throws IOException {
    TaskItem item = TaskItem.of("1+1?\nA. 1\nB. 2\nAnswer:", List.of(" A", " B"), 1);
    assertThat(read("{'question':' 1+1? ','choices':['1','2'],'answer':1}")).isEqualTo(item);
    assertThat(read("{'question':'1+1?','choices':['1','2'],'answer':'B'}")).isEqualTo(item);
    assertThat(
            read("{'question':'q','subject':'us_law','choices':['1','2'],'answer':0}")
                .choices()
                .get(0)
                .context())
        .isEqualTo(
            "The following are multiple choice questions (with answers) about us law.\n\n"
                + "q\nA. 1\nB. 2\nAnswer:");
  }

  /** The blank is filled, and what follows it is scored. */
  @Test
  void winoGrande_isACloze() throws IOException {
    assertThat(
            read(
                "{'sentence':'Ann met Eve and _ was glad.','option1':'Ann','option2':'Eve',"
                    + "'answer':'2'}"))
        .isEqualTo(
            new TaskItem(
                List.of(
                    new Choice("Ann met Eve and Ann", " was glad."),
                    new Choice("Ann met Eve and Eve", " was glad.")),
                1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no json | is not JSON",
        "[1] | is not a JSON object",
        "{'text':'a'} | is no item; a line is one of plain: context, choices, answer",
        "{'context':'a','choices':['b'],'answer':0} | \"choices\" must be a list of at least two",
        "{'context':'a','choices':['b',''],'answer':0} | none empty",
        "{'context':'a','choices':['b',3],'answer':0} | \"choices\" must be a list",
        "{'context':'a','choices':['b','c']} | \"answer\" must be a number from 0 to 1",
        "{'context':'a','choices':['b','c'],'answer':2} | \"answer\" must be a number from 0 to 1",
        "{'context':7,'choices':['b','c'],'answer':1} | \"context\" must be a text",
        "{'goal':'a','sol1':'b','label':0} | \"sol2\" must be a text",
        "{'goal':'a','sol1':'b','sol2':'c','label':'x'} | \"label\" must be a number from 0 to 1",
        "{'question':'a','choices':'b','answerKey':'A'} | \"choices\" must be an object",
        "{'question':'a','choices':{'text':['b','c'],'label':['A','B']},'answerKey':'D'}"
            + " | \"answerKey\" must be one of the labels",
        "{'sentence':'a','option1':'b','option2':'c','answer':'1'} | must have a blank",
        "{'sentence':'a _','option1':'b','option2':'c','answer':'1'} | and text after it",
        "{'sentence':'a _ d','option1':'b','option2':'c','answer':'0'} | a number from 1 to 2",
        "{'question':'a','choices':['b','c'],'answer':'Z'} | \"answer\" must be a number from 0",
        "{'ctx':'a','endings':['b','c'],'label':0} | \"activity_label\" must be a text"
      })
  void whatIsNoItem_isSaidWithItsLine(String line, String why) throws IOException {
    Path file = folder.resolve("bad.jsonl");
    Files.writeString(
        file, json("{'context':'a','choices':['b','c'],'answer':0}\n\n" + line + "\n"));
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":3: ")
        .hasMessageContaining(why);
  }

  @Test
  void filesWithoutItems_areRefused() throws IOException {
    Path file = folder.resolve("empty.jsonl");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no items");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> TaskFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not text in UTF-8");
    assertThatThrownBy(() -> TaskFile.read(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no such file");
  }

  private TaskItem read(String line) throws IOException {
    Path file = folder.resolve("task.jsonl");
    Files.writeString(file, json(line));
    List<TaskItem> items = TaskFile.read(file);
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
