using System.Reflection;
using System.Runtime.Loader;

namespace Mlops.Pipelines.Tests.Specification;

/// <summary>
/// Reading the plan costs no ML: what a specification's reading loads is seen in a load context of its own.
/// </summary>
public sealed class LeanLoadingTests
{
    [Fact]
    public void ReadingLoadsNeitherModelsNorTablesNorTemplates()
    {
        using var draft = new PipelineDraft();
        var file = draft.Write(PipelineDraft.Smallest + "\nvalidate: { columns: { a: { pattern: x } } }");
        var context = new RecordingContext();
        var reader = context
            .LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "Mlops.Pipelines.dll"))
            .GetType("Mlops.Pipelines.Specification.PipelineFile", throwOnError: true)!;

        reader.GetMethod("Read", BindingFlags.Public | BindingFlags.Static)!.Invoke(
            null, [file, new Dictionary<string, string>(), Array.Empty<string>()]);

        context.Loaded.Order(StringComparer.Ordinal).ShouldBe(
            ["Mlops.Data", "Mlops.Engine", "Mlops.Learning", "YamlDotNet"]);
        context.Unload();
    }

    sealed class RecordingContext() : AssemblyLoadContext(isCollectible: true)
    {
        public List<string> Loaded { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            if (!File.Exists(file))
                return null;
            Loaded.Add(assemblyName.Name!);
            return LoadFromAssemblyPath(file);
        }
    }
}
