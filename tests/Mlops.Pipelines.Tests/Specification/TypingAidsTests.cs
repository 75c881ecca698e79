using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Specification;

public sealed class TypingAidsTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-names-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void NamesAreThoseOfTheFilesNotOfTheFolders()
    {
        Write("one", "# name: comment\nname: churn  # who leaves\n");
        Write("two", "title: x\n'name': demand\n");
        Write("three", "name: \"sales-2026\"\n");
        folder.CreateSubdirectory("empty");

        TypingAids.NamesIn(folder.FullName).ShouldBe(["churn", "sales-2026"]);
        TypingAids.NamesIn(Path.Combine(folder.FullName, "nowhere")).ShouldBeEmpty();
    }

    [Fact]
    public void EveryPathIsOneThatCanBeOverridden()
    {
        var paths = TypingAids.Paths();

        new[] { "name", "train.trainer", "train.trainer.leaves", "train.seed",
            "split.method", "data.format.delimiter", "train.sweep.folds" }
            .ShouldBeSubsetOf(paths);
        using var draft = new PipelineDraft();
        // A trainer has only the options of its own.
        foreach (var path in paths.Where(path => !path.Contains(".trainer.", StringComparison.Ordinal)))
            Said(() => draft.Read(PipelineDraft.Smallest, null, $"{path}=x"))
                .ShouldNotContain("is not a key of", customMessage: path);
    }

    static string Said(Action read) => Record.Exception(read) is ProblemException wrong ? wrong.Message : "";

    void Write(string name, string yaml) =>
        File.WriteAllText(
            Path.Combine(folder.CreateSubdirectory(name).FullName, PipelineFile.FileName), yaml);
}
