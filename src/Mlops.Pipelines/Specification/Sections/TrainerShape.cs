using System.Text.Json.Nodes;
using Mlops.Learning.Training;
using Mlops.Pipelines.Specification.Shapes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>A trainer of the catalog; its name decides which options there are.</summary>
sealed class TrainerShape : Shape<TrainerSpecification>
{
    static readonly string First = TrainerCatalog.All[0].Name;

    static readonly Shape<string> Name = Scalars.OneOf(TrainerCatalog.All.Select(trainer => trainer.Name));

    static readonly Dictionary<string, SectionShape<TrainerSpecification>> Sections =
        TrainerCatalog.All.ToDictionary(
            trainer => trainer.Name,
            trainer =>
                new SectionShape<TrainerSpecification>(fields => Read(trainer, fields), shorthand: "name"));

    public static TrainerShape Any { get; } = new();

    /// <summary>The first trainer of the catalog with all its defaults.</summary>
    public static TrainerSpecification Default { get; } =
        Any.Read(new YamlScalar(new(""), First, ScalarForm.Plain),
            Fields.Unheard(new YamlScalar(new(""), "", ScalarForm.Plain)));

    public override string? Shorthand => "name";

    public override TrainerSpecification Read(YamlNode node, Reading reading)
    {
        var name = node switch
        {
            YamlMapping mapping => mapping.Find("name")?.Value,
            _ => node,
        };
        if (name is null or { IsNothing: true })
            return Sections[First].Read(node, reading);
        if (name is YamlScalar { Text: var text } && Sections.TryGetValue(text, out var section))
            return section.Read(node, reading);
        Name.Read(name, reading);
        return Default;
    }

    public override JsonNode? Write(TrainerSpecification value) => value == Default ? value.Name : null;

    public override Shape? Inside(string key) => null;

    public override JsonObject Describe()
    {
        var shapes = new JsonArray(Name.Describe());
        foreach (var trainer in TrainerCatalog.All)
        {
            var described = Sections[trainer.Name].Describe()["anyOf"]![1]!.DeepClone();
            described["properties"]!["name"] =
                new JsonObject
                {
                    ["description"] = trainer.Description,
                    ["enum"] = new JsonArray(trainer.Name),
                };
            described["description"] = trainer.Description;
            if (trainer.Name != First)
                described["required"] = new JsonArray("name");
            shapes.Add(described);
        }
        return new JsonObject { ["anyOf"] = shapes };
    }

    static TrainerSpecification Read(TrainerDescription trainer, Fields fields)
    {
        var name = fields.Optional("name", Name, First, trainer.Description);
        var options = trainer.Options.ToDictionary(option => option.Name, option => Read(option, fields));
        return new TrainerSpecification(
            name,
            Trees: Whole("trees"),
            Leaves: Whole("leaves"),
            LearningRate: Real("learning-rate"),
            MinRowsPerLeaf: Whole("min-rows-per-leaf"),
            FeatureFraction: Real("feature-fraction"),
            Iterations: Whole("iterations"),
            L1: Real("l1"),
            L2: Real("l2"),
            Threads: Whole("threads"));

        double? Real(string option) => options.TryGetValue(option, out var value) ? value : null;
        int? Whole(string option) => (int?)Real(option);
    }

    static double Read(TrainerOption option, Fields fields) => option.Whole
        ? fields.Optional(option.Name, Scalars.Whole((int)option.Min, (int)option.Max), (int)option.Default,
            TrainerOptions.Describe(option.Name))
        : fields.Optional(option.Name, Scalars.Real(option.Min, option.Max), option.Default,
            TrainerOptions.Describe(option.Name));
}
