namespace Mlops.Data.Tables;

/// <summary>The media types of the artifacts that this layer writes.</summary>
public static class MediaTypes
{
    public const string Parquet = "application/vnd.apache.parquet";
    public const string Json = "application/json";
    /// <summary>One JSON value per line.</summary>
    public const string JsonLines = "application/jsonl";
    /// <summary>What describes a part: see <see cref="Validation.Profiling.ProfileFile"/>.</summary>
    public const string Profile = "application/vnd.mlops.profile";
    public const string Csv = "text/csv";
    public const string Bytes = "application/octet-stream";
}
