package io.dipper.verifier.task;

/**
 * A form that a line of a task file may have. Those of known data sets become the prompts that the
 * LM Evaluation Harness makes of them without examples.
 */
interface TaskFormat {
  /** The name of the data set, or of the form. */
  String name();

  /** The fields that it needs, for a person. */
  String fields();

  /** Whether a line has the field that this form is told by. */
  boolean fits(TaskLine line);

  /**
   * The item of a line.
   *
   * @throws io.dipper.error.UserException if a field is missing or not what it must be
   */
  TaskItem item(TaskLine line);
}
