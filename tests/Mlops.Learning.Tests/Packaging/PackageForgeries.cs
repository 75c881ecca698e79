namespace Mlops.Learning.Tests.Packaging;

/// <summary>
/// Where in an entry something is put, as JSON; null takes it out. Each case breaks one condition of a whole
/// package and no other.
/// </summary>
public static class PackageForgeries
{
    const string Schema = "schema.json";
    const string Profile = "reference-profile.json";

    public static TheoryData<string, string, string?, string> OfTheSchema => new()
    {
        { Schema, "pipeline", null, "" },
        { Schema, "version", null, "" },
        { Schema, "train/label", null, "" },
        { Schema, "train/trainer/name", null, "" },
        { Schema, "train/features/include", "[null]", "" },
        { Schema, "train/features/exclude", null, "" },
        { Schema, "train/features/exclude", "[null]", "" },
        { Schema, "train/features/categorical", null, "" },
        { Schema, "train/features/categorical", "[null]", "" },
        { Schema, "train/features/date-parts", null, "" },
        { Schema, "train/features/redacted", "[null]", "" },
        { Schema, "details/columns", null, "" },
        { Schema, "details/columns/0", "null", "" },
        { Schema, "details/columns/0/column", null, "" },
        { Schema, "details/classes", null, "" },
        { Schema, "details/classes", "[null]", "" },
        { Schema, "details/baseline/class-shares", null, "" },
        { Schema, "details/feature-names", null, "" },
        { Schema, "details/feature-names", "[null]", "" },
        { Schema, "details/notes", null, "" },
        { Schema, "details/notes", "[null]", "" },
        { Schema, "columns", "[null]", "" },
        { Schema, "columns/0/name", null, "" },
    };

    public static TheoryData<string, string, string?, string> OfTheProfile => new()
    {
        { Profile, "training", null, "" },
        { Profile, "prediction", null, "" },
        { Profile, "metrics", null, "" },
        { Profile, "windows", null, "" },
        { Profile, "importance", null, "" },
        { Profile, "training/rows", "-1", "columns" },
        { Profile, "training/columns", null, "columns" },
        { Profile, "training/columns", "[null]", "column 1" },
        { Profile, "training/columns/0/column", null, "column 1" },
        { Profile, "training/columns/1/column", "\"size\"", "column 'size'" },
        { Profile, "prediction/numbers/distribution", null, "prediction" },
        { Profile, "metrics/0", "null", "metrics" },
        { Profile, "metrics/0/name", null, "metrics" },
        { Profile, "windows", "[null]", "metrics" },
        { Profile, "windows", "[[null]]", "metrics" },
        { Profile, "importance", "[null]", "metrics" },
        { Profile, "importance/0/column", null, "metrics" },
    };

    public static TheoryData<string, string, string?, string> OfAColumn => new()
    {
        { Profile, "training/columns/0/missing", "-1", "column 'size'" },
        { Profile, "training/columns/0/missing", "1000", "column 'size'" },
        { Profile, "training/columns/0/numbers/bounds", null, "column 'size'" },
        // As many as there are, so that nothing is wrong but their order, or that one is infinite.
        { Profile, "training/columns/0/numbers/bounds", "[2,1,3,4,5,6,7,8,9]", "column 'size'" },
        { Profile, "training/columns/0/numbers/bounds", "[1,2,3,4,5,6,7,8,1e999]", "column 'size'" },
        { Profile, "training/columns/0/numbers/bin-counts", null, "column 'size'" },
        { Profile, "training/columns/0/numbers/bin-counts", "[1]", "column 'size'" },
        { Profile, "training/columns/0/numbers/bin-counts/0", "-1", "column 'size'" },
        { Profile, "training/columns/0/numbers/moments", null, "column 'size'" },
        { Profile, "training/columns/0/numbers/moments/mean", "1e999", "column 'size'" },
        { Profile, "training/columns/0/numbers/min", "1000", "column 'size'" },
        { Profile, "training/columns/0/numbers/quantiles", null, "column 'size'" },
        { Profile, "training/columns/0/numbers/quantiles", "[1]", "column 'size'" },
        { Profile, "training/columns/0/numbers/distribution", null, "column 'size'" },
        {
            Profile, "training/columns/0/numbers/distribution",
            """{"values":[],"at-most":[],"equal":[]}""", "column 'size'"
        },
        { Profile, "training/columns/2/numbers/distribution/values", "[1,1]", "column 'active'" },
        { Profile, "training/columns/0/numbers/distribution/at-most", "[]", "column 'size'" },
        { Profile, "training/columns/0/numbers/distribution/equal", "[]", "column 'size'" },
        { Profile, "training/columns/0/levels", "{}", "column 'size'" },
        {
            Profile, "training/columns/0/levels",
            """{"names":["a","a"],"counts":[1,1],"other-levels":0,"other-rows":0}""", "column 'size'"
        },
        { Profile, "training/columns/3/levels/names/0", "null", "column 'plan'" },
        { Profile, "training/columns/3/levels/counts", "[1]", "column 'plan'" },
        { Profile, "training/columns/3/levels/other-levels", "-1", "column 'plan'" },
        { Profile, "training/columns/3/levels/other-rows", "-1", "column 'plan'" },
        { Profile, "training/columns/0/masked", """{"counts":[1]}""", "column 'size'" },
        { Profile, "training/columns/0/masked", """{"edges":[1,1],"counts":[1,1,1]}""", "column 'size'" },
        { Profile, "training/columns/0/masked", """{"edges":[1],"counts":[1]}""", "column 'size'" },
    };
}
