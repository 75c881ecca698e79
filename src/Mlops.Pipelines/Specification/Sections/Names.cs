using Mlops.Data.Tables;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>Shapes that more than one section uses.</summary>
static class Names
{
    public static Shape<string> Column { get; } = Scalars.Text;

    public static ListShape<string> Columns { get; } = new(Column, identity: name => name);

    /// <summary>As <see cref="Columns"/>; a single column needs no list.</summary>
    public static ListShape<string> ColumnOrColumns { get; } = new(Column, orSingle: true, identity: name => name);

    public static Shape<ColumnType> Type { get; } = Scalars.OneOf(
        ("boolean", ColumnType.Boolean),
        ("integer", ColumnType.Integer),
        ("real", ColumnType.Real),
        ("text", ColumnType.Text),
        ("date", ColumnType.Date),
        ("timestamp", ColumnType.Timestamp));
}
