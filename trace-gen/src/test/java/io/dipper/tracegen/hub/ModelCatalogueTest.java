package io.dipper.tracegen.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
  private final ModelCatalogue catalogue = ModelCatalogue.builtIn();

  @Test
  void everyModel_canBeAskedForByItsNameAndHasWholeEntries() {
    assertThat(catalogue.models()).extracting(HubModel::name).doesNotHaveDuplicates();
    for (HubModel model : catalogue.models()) {
      assertThat(catalogue.find(model.name())).isSameAs(model);
      assertThat(model.name()).matches("[a-z0-9.-]+");
      assertThat(model.repository()).matches("[\\w.-]+/[\\w.-]+");
      assertThat(model.revision()).matches("main|[0-9a-f]{40}");
      assertThat(model.files()).isNotEmpty();
      for (HubFile file : model.files()) {
        assertThat(file.path()).matches("[\\w./-]+");
        assertThat(file.aboutBytes()).isPositive();
        if (file.sha256() != null) {
          assertThat(file.sha256()).matches("[0-9a-f]{64}");
        }
      }
    }
  }

  @Test
  void unknownModel_isAnsweredWithTheKnownNames() {
    assertThatThrownBy(() -> catalogue.find("smollm"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("unknown model 'smollm', want one of smollm2-135m-instruct, ");
  }
}
